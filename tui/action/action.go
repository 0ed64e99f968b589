// Package action names every command of the workbench once. The keys that
// start it, the line of key hints, the help and the key table of the README
// all come from here, so they cannot disagree.
package action

import "slices"

// ID names an action.
type ID string

// The actions.
const (
	CutUp           ID = "cut-up"
	CutDown         ID = "cut-down"
	MeasureNext     ID = "measure-next"
	MeasurePrevious ID = "measure-previous"
	StepLeft        ID = "step-left"
	StepRight       ID = "step-right"
	LeapLeft        ID = "leap-left"
	LeapRight       ID = "leap-right"
	Type            ID = "type"

	Undo     ID = "undo"
	Redo     ID = "redo"
	Reset    ID = "reset"
	Baseline ID = "baseline"
	Save     ID = "save"

	OpenScheme ID = "open-scheme"

	ListUp       ID = "list-up"
	ListDown     ID = "list-down"
	ListPageUp   ID = "list-page-up"
	ListPageDown ID = "list-page-down"
	ListFirst    ID = "list-first"
	ListLast     ID = "list-last"
	PagePrevious ID = "page-previous"
	PageNext     ID = "page-next"

	CellUp       ID = "cell-up"
	CellDown     ID = "cell-down"
	CellLeft     ID = "cell-left"
	CellRight    ID = "cell-right"
	CellPeople   ID = "cell-people"
	MatrixAxes   ID = "matrix-axes"
	MatrixValue  ID = "matrix-value"
	MatrixSlice  ID = "matrix-slice"
	MatrixChange ID = "matrix-change"

	PersonOpen    ID = "person-open"
	Filter        ID = "filter"
	MatchNext     ID = "match-next"
	MatchPrevious ID = "match-previous"
	SortColumn    ID = "sort-column"
	ColumnLeft    ID = "column-left"
	ColumnRight   ID = "column-right"
	Columns       ID = "columns"
	Everybody     ID = "everybody"

	ShowMarked ID = "show-marked"
	Export     ID = "export"

	Explain  ID = "explain"
	Warnings ID = "warnings"
	Copy     ID = "copy"
	Messages ID = "messages"

	ScreenNext     ID = "screen-next"
	ScreenPrevious ID = "screen-previous"
	PaneNext       ID = "pane-next"
	PanePrevious   ID = "pane-previous"
	Palette        ID = "palette"
	Help           ID = "help"
	Back           ID = "back"
	Quit           ID = "quit"
	QuitNow        ID = "quit-now"
	Suspend        ID = "suspend"
)

// Group gathers actions in the help, and says on which screens they work.
type Group struct {
	Title string
	On    Place
}

// The groups.
var (
	Cuts    = Group{"Move a cut", Tiers}
	Lists   = Group{"Walk a list", Customers | Data}
	Pages   = Group{"Turn the pages", Data}
	Cells   = Group{"Look around the matrix", Matrix}
	People  = Group{"The people of a list", Customers}
	Imports = Group{"What was imported", Data}
	Scheme  = Group{"The scheme", Anywhere}
	Reading = Group{"Read the screen", Anywhere}
	Moving  = Group{"Get about", Anywhere}
)

// Groups returns the groups in the order they are shown.
func Groups() []Group {
	return []Group{Cuts, Cells, Lists, Pages, People, Imports, Scheme, Reading, Moving}
}

// Action is one command.
type Action struct {
	ID    ID
	Group Group
	Title string   // what it does, in a few words
	Keys  []string // as Bubble Tea names them; the first is the one shown first
	Hint  string   // one word for the line of key hints, "" to leave it out
	needs need
}

// need is what must be so for an action to do anything.
type need int

const (
	nothing need = iota
	openBench
	keepable
)

// State is what the availability of actions depends on.
type State struct {
	Open      bool // the customers are loaded: cuts can move
	Temporary bool // the workspace will be gone unless it is kept
}

// Disabled returns why the action does nothing now, or "".
func (a Action) Disabled(s State) string {
	switch {
	case a.needs >= openBench && !s.Open:
		return "still loading"
	case a.needs == keepable && !s.Temporary:
		return "already kept"
	}
	return ""
}

// All returns every action, in the order of the help.
func All() []Action {
	all := []Action{
		{CutUp, Cuts, "mark the cut before", []string{"up", "k"}, "cut", nothing},
		{CutDown, Cuts, "mark the cut after", []string{"down", "j"}, "cut", nothing},
		{MeasurePrevious, Cuts, "mark the same cut of the measure before", []string{"pgup"}, "", nothing},
		{MeasureNext, Cuts, "mark the same cut of the measure after", []string{"pgdown"}, "", nothing},
		{StepLeft, Cuts, "move the cut one step left: smaller", []string{"left", "h"}, "move", openBench},
		{StepRight, Cuts, "move the cut one step right: larger", []string{"right", "l"}, "move", openBench},
		{LeapLeft, Cuts, "move the cut ten steps left", []string{"shift+left", "H"}, "ten", openBench},
		{LeapRight, Cuts, "move the cut ten steps right", []string{"shift+right", "L"}, "ten", openBench},
		{Type, Cuts, "type the cut's value; on a tier's row, its people", []string{"enter"}, "type", openBench},
		{Reset, Cuts, "give the measure's cuts back to their method", []string{"r"}, "", openBench},

		{CellUp, Cells, "cell above", []string{"up", "k"}, "cell", nothing},
		{CellDown, Cells, "cell below", []string{"down", "j"}, "cell", nothing},
		{CellLeft, Cells, "cell to the left", []string{"left", "h"}, "cell", nothing},
		{CellRight, Cells, "cell to the right", []string{"right", "l"}, "cell", nothing},
		{CellPeople, Cells, "the people in the cell", []string{"enter"}, "people", openBench},
		{MatrixValue, Cells, "customers, revenue, orders or order value", []string{"v"}, "value", nothing},
		{MatrixSlice, Cells, "only one score of the third measure", []string{"m"}, "slice", nothing},
		{MatrixChange, Cells, "the difference from the baseline", []string{"d"}, "difference", nothing},
		{MatrixAxes, Cells, "which measures stand against each other", []string{"a"}, "axes", nothing},

		{ListUp, Lists, "row above", []string{"up", "k"}, "row", nothing},
		{ListDown, Lists, "row below", []string{"down", "j"}, "row", nothing},
		{ListPageUp, Lists, "rows above", []string{"pgup"}, "", nothing},
		{ListPageDown, Lists, "rows below", []string{"pgdown"}, "", nothing},
		{ListFirst, Lists, "first row", []string{"home", "g"}, "", nothing},
		{ListLast, Lists, "last row", []string{"end", "G"}, "", nothing},
		{PagePrevious, Pages, "page of the screen before", []string{"["}, "page", nothing},
		{PageNext, Pages, "next page of the screen", []string{"]"}, "page", nothing},

		{PersonOpen, People, "the marked person's profile", []string{"enter"}, "profile", openBench},
		{Filter, People, "only people with a text in a column, as it is typed", []string{"/"}, "filter", openBench},
		{MatchNext, People, "next match, whether others are shown or not", []string{"n"}, "", openBench},
		{MatchPrevious, People, "match before", []string{"N"}, "", openBench},
		{SortColumn, People, "sort by the marked column; again: descending", []string{"."}, "sort", openBench},
		{ColumnLeft, People, "mark the column to the left", []string{"left", "h"}, "column", nothing},
		{ColumnRight, People, "mark the column to the right", []string{"right", "l"}, "column", nothing},
		{Everybody, People, "everybody again", []string{"a"}, "", openBench},
		{Columns, People, "choose the columns", []string{"c"}, "columns", openBench},

		{ShowMarked, Imports, "the file's refused rows; those of a reason; a row in full", []string{"enter"}, "show", openBench},
		{Export, Imports, "write what is listed to a CSV file", []string{"x"}, "export", openBench},

		{Undo, Scheme, "take back the last edit", []string{"u"}, "undo", openBench},
		{Redo, Scheme, "do it again", []string{"ctrl+r"}, "", openBench},
		{OpenScheme, Scheme, "use another scheme", []string{"o"}, "", openBench},
		{Baseline, Scheme, "compare with the tiers as they are now", []string{"b"}, "baseline", openBench},
		{Save, Scheme, "keep a temporary workspace as a file", []string{"s"}, "save", keepable},

		{Explain, Reading, "what the marked number means", []string{"i"}, "explain", nothing},
		{Warnings, Reading, "what to know about these figures", []string{"w"}, "", nothing},
		{Copy, Reading, "copy what is marked, as tab-separated text", []string{"y"}, "", nothing},
		{Messages, Reading, "earlier messages", []string{"e"}, "", nothing},

		{ScreenPrevious, Moving, "the screen before", []string{"<"}, "", nothing},
		{ScreenNext, Moving, "the next screen", []string{">"}, "", nothing},
		{PaneNext, Moving, "next pane", []string{"tab"}, "pane", nothing},
		{PanePrevious, Moving, "pane before", []string{"shift+tab"}, "", nothing},
		{Palette, Moving, "every command by name", []string{":", "ctrl+p"}, "commands", nothing},
		{Help, Moving, "this help", []string{"?"}, "help", nothing},
		{Back, Moving, "one step back", []string{"esc"}, "", nothing},
		{Quit, Moving, "leave", []string{"q"}, "quit", nothing},
		{QuitNow, Moving, "leave, whatever is open", []string{"ctrl+c"}, "", nothing},
		{Suspend, Moving, "rest in the background until fg", []string{"ctrl+z"}, "", nothing},
	}
	var screens []Action
	for _, p := range Places() {
		screens = append(screens, Action{p.Open(), Moving, "the " + p.String() + " screen", []string{p.Digit()}, "", nothing})
	}
	at := slices.IndexFunc(all, func(a Action) bool { return a.ID == ScreenPrevious })
	return slices.Insert(all, at, screens...)
}

// On returns the actions that work on a screen, in the order of the help.
func On(p Place) []Action {
	return slices.DeleteFunc(All(), func(a Action) bool { return a.Group.On&p == 0 })
}

// Keymap finds the action of a key.
type Keymap map[string]Action

// NewKeymap returns the keymap of a screen.
func NewKeymap(p Place) Keymap {
	keys := make(Keymap)
	for _, a := range On(p) {
		for _, k := range a.Keys {
			keys[k] = a
		}
	}
	return keys
}

// InGroup returns the actions of a group.
func InGroup(g Group) []Action {
	return slices.DeleteFunc(All(), func(a Action) bool { return a.Group != g })
}
