// Package action names every command of the workbench once. The keys that
// start it, the line of key hints, the help and the key table of the README
// all come from here, so they cannot disagree.
package action

import (
	"slices"
	"sync"

	"strata/model/catalogue"
)

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
	Limits     ID = "limits"

	Goal     ID = "goal"
	Suggest  ID = "suggest"
	Fragile  ID = "fragile"
	Services ID = "services"
	Fair     ID = "fair"

	FlowUp     ID = "flow-up"
	FlowDown   ID = "flow-down"
	FlowLeft   ID = "flow-left"
	FlowRight  ID = "flow-right"
	FlowPeople ID = "flow-people"
	FlowValue  ID = "flow-value"
	FlowGroup  ID = "flow-group"
	FlowDays   ID = "flow-days"

	ScenarioOpen     ID = "scenario-open"
	ScenarioNote     ID = "scenario-note"
	ScenarioName     ID = "scenario-name"
	ScenarioCopy     ID = "scenario-copy"
	ScenarioDelete   ID = "scenario-delete"
	ScenarioBaseline ID = "scenario-baseline"
	ScenarioBeside   ID = "scenario-beside"
	ScenarioFile     ID = "scenario-file"

	BesideAdd  ID = "beside-add"
	BesideDrop ID = "beside-drop"

	PaintUp        ID = "paint-up"
	PaintDown      ID = "paint-down"
	PaintLeft      ID = "paint-left"
	PaintRight     ID = "paint-right"
	PaintSlice     ID = "paint-slice"
	Paint          ID = "paint"
	PaintPick      ID = "paint-pick"
	SegmentAdd     ID = "segment-add"
	SegmentName    ID = "segment-name"
	SegmentTier    ID = "segment-tier"
	SegmentColor   ID = "segment-color"
	SegmentEarlier ID = "segment-earlier"
	SegmentLater   ID = "segment-later"
	SegmentDelete  ID = "segment-delete"
	MapWeights     ID = "map-weights"
	MapValueCuts   ID = "map-value-cuts"
	MapFile        ID = "map-file"
	PersonLock     ID = "person-lock"

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

	ExportPeople  ID = "export-people"
	PersonOpen    ID = "person-open"
	Filter        ID = "filter"
	MatchNext     ID = "match-next"
	MatchPrevious ID = "match-previous"
	SortColumn    ID = "sort-column"
	ColumnLeft    ID = "column-left"
	ColumnRight   ID = "column-right"
	Columns       ID = "columns"
	CopyPart      ID = "copy-part"
	Everybody     ID = "everybody"

	AskPeople  ID = "ask-people"
	AskFigure  ID = "ask-figure"
	AskVariant ID = "ask-variant"
	AskWhom    ID = "ask-whom"
	AskGroup   ID = "ask-group"
	AskAcross  ID = "ask-across"
	AskExport  ID = "ask-export"

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
	Cuts    = Group{catalogue.T("Move a cut"), Tiers}
	Asking  = Group{catalogue.T("Goals, promises and rules"), Tiers}
	Lists   = Group{catalogue.T("Move through a list"), Scenarios | SideBySide | Asked | Customers | Data}
	Answers = Group{catalogue.T("Read an answer"), Asked}
	Counted = Group{catalogue.T("Cohorts"), Cohorts}
	Grouped = Group{catalogue.T("Group customers"), Share | Cross}
	Crossed = Group{catalogue.T("Cross-table"), Cross}
	Tables  = Group{catalogue.T("Look through a table"), Scenarios | SideBySide | Asked | Customers | Data}
	Sorted  = Group{catalogue.T("Arrange a table"), Scenarios | Asked | Customers | Data}
	Chosen  = Group{catalogue.T("Choose columns"), Cohorts | Share | Customers | Data}
	Pages   = Group{catalogue.T("Turn pages"), Paged}
	Cells   = Group{catalogue.T("Move around the matrix"), Matrix}
	Painter = Group{catalogue.T("Paint the map"), MapEditor}
	Flows   = Group{catalogue.T("Who moves"), Migration}
	Kept    = Group{catalogue.T("Scenarios"), Scenarios}
	Beside  = Group{catalogue.T("Scenarios side by side"), SideBySide}
	People  = Group{catalogue.T("List customers"), Customers}
	Imports = Group{catalogue.T("What was imported"), Data}
	Scheme  = Group{catalogue.T("The scheme"), Anywhere}
	Reading = Group{catalogue.T("Read the screen"), Anywhere}
	Moving  = Group{catalogue.T("Get around"), Anywhere}
)

// Groups returns the groups in the order they are shown.
func Groups() []Group {
	return []Group{Cuts, Asking, Cells, Painter, Flows, Kept, Beside, Lists, Answers, Counted, Grouped, Crossed, Pages, People, Imports, Sorted, Tables, Chosen, Scheme, Reading, Moving}
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
)

// State is what the availability of actions depends on.
type State struct {
	Open bool // the customers are loaded: cuts can move
}

// Disabled returns why the action does nothing now, or "".
func (a Action) Disabled(s State) string {
	if a.needs == openBench && !s.Open {
		return catalogue.T("still loading")
	}
	return ""
}

// All returns every action, in the order of the help.
func All() []Action { return slices.Clone(every()) }

// every is made once: each key that is pressed looks actions up.
var every = sync.OnceValue(table)

func table() []Action {
	all := []Action{
		{CutUp, Cuts, catalogue.T("previous cut"), []string{"up", "k"}, catalogue.T("cut"), nothing},
		{CutDown, Cuts, catalogue.T("next cut"), []string{"down", "j"}, catalogue.T("cut"), nothing},
		{MeasurePrevious, Cuts, catalogue.T("same cut of the previous measure"), []string{"pgup"}, "", nothing},
		{MeasureNext, Cuts, catalogue.T("same cut of the next measure"), []string{"pgdown"}, "", nothing},
		{StepLeft, Cuts, catalogue.T("move the cut one step left (smaller)"), []string{"left", "h"}, catalogue.T("move"), openBench},
		{StepRight, Cuts, catalogue.T("move the cut one step right (larger)"), []string{"right", "l"}, catalogue.T("move"), openBench},
		{LeapLeft, Cuts, catalogue.T("move the cut ten steps left"), []string{"shift+left", "H"}, catalogue.T("ten"), openBench},
		{LeapRight, Cuts, catalogue.T("move the cut ten steps right"), []string{"shift+right", "L"}, catalogue.T("ten"), openBench},
		{Type, Cuts, catalogue.T("type the cut's value; on a tier's row, list its customers"), []string{"enter"}, catalogue.T("type"), openBench},
		{Reset, Cuts, catalogue.T("reset this measure's cuts"), []string{"r"}, "", openBench},

		{Goal, Asking, catalogue.T("cuts that meet a goal: high=15%, high:revenue>=60%"), []string{"g"}, catalogue.T("goal"), openBench},
		{Suggest, Asking, catalogue.T("cuts that a method suggests"), []string{"m"}, "", openBench},
		{Fragile, Asking, catalogue.T("sensitivity: the strip under the axes"), []string{"t"}, "", openBench},
		{Services, Asking, catalogue.T("what each tier is promised, and what that costs"), []string{"S"}, "", openBench},
		{Fair, Asking, catalogue.T("fair rules: locked customers, and when a customer may fall"), []string{"f"}, "", openBench},

		{CellUp, Cells, catalogue.T("cell above"), []string{"up", "k"}, catalogue.T("cell"), nothing},
		{CellDown, Cells, catalogue.T("cell below"), []string{"down", "j"}, catalogue.T("cell"), nothing},
		{CellLeft, Cells, catalogue.T("cell to the left"), []string{"left", "h"}, catalogue.T("cell"), nothing},
		{CellRight, Cells, catalogue.T("cell to the right"), []string{"right", "l"}, catalogue.T("cell"), nothing},
		{CellPeople, Cells, catalogue.T("list the cell's customers"), []string{"enter"}, catalogue.T("list"), openBench},
		{MatrixValue, Cells, catalogue.T("customers, revenue, orders or order value"), []string{"v"}, catalogue.T("value"), nothing},
		{MatrixSlice, Cells, catalogue.T("only one score of the third measure"), []string{"m"}, catalogue.T("slice"), nothing},
		{MatrixChange, Cells, catalogue.T("difference from the baseline"), []string{"d"}, catalogue.T("difference"), nothing},
		{MatrixAxes, Cells, catalogue.T("choose which measures are crossed"), []string{"a"}, catalogue.T("axes"), nothing},

		{PaintUp, Painter, catalogue.T("cell above"), []string{"up", "k"}, catalogue.T("cell"), nothing},
		{PaintDown, Painter, catalogue.T("cell below"), []string{"down", "j"}, catalogue.T("cell"), nothing},
		{PaintLeft, Painter, catalogue.T("cell to the left"), []string{"left", "h"}, catalogue.T("cell"), nothing},
		{PaintRight, Painter, catalogue.T("cell to the right"), []string{"right", "l"}, catalogue.T("cell"), nothing},
		{Paint, Painter, catalogue.T("paint the cell with the marked segment"), []string{"space"}, catalogue.T("paint"), openBench},
		{PaintPick, Painter, catalogue.T("mark the cell's segment; on a segment, list its customers"), []string{"enter"}, catalogue.T("pick"), openBench},
		{PaintSlice, Painter, catalogue.T("next slice of the third measure"), []string{"m"}, catalogue.T("slice"), nothing},
		{SegmentAdd, Painter, catalogue.T("new segment"), []string{"a"}, catalogue.T("add"), openBench},
		{SegmentName, Painter, catalogue.T("rename the marked segment"), []string{"n"}, catalogue.T("name"), openBench},
		{SegmentTier, Painter, catalogue.T("next tier for the marked segment"), []string{"t"}, catalogue.T("tier"), openBench},
		{SegmentColor, Painter, catalogue.T("next colour for the marked segment"), []string{"c"}, "", openBench},
		{SegmentEarlier, Painter, catalogue.T("move the marked segment up in its tier"), []string{"shift+up", "K"}, "", openBench},
		{SegmentLater, Painter, catalogue.T("move the marked segment down in its tier"), []string{"shift+down", "J"}, "", openBench},
		{SegmentDelete, Painter, catalogue.T("remove the marked segment; its cells go to Others"), []string{"D"}, "", openBench},
		{MapWeights, Painter, catalogue.T("weights of the value score"), []string{"W"}, "", openBench},
		{MapValueCuts, Painter, catalogue.T("where MID and HIGH begin"), []string{"V"}, "", openBench},
		{MapFile, Painter, catalogue.T("load a map from a CSV or YAML file"), []string{"f"}, "", openBench},

		{FlowUp, Flows, catalogue.T("row above"), []string{"up", "k"}, catalogue.T("flow"), nothing},
		{FlowDown, Flows, catalogue.T("row below"), []string{"down", "j"}, catalogue.T("flow"), nothing},
		{FlowLeft, Flows, catalogue.T("column to the left"), []string{"left", "h"}, catalogue.T("flow"), nothing},
		{FlowRight, Flows, catalogue.T("column to the right"), []string{"right", "l"}, catalogue.T("flow"), nothing},
		{FlowPeople, Flows, catalogue.T("list the customers who move this way, with reasons"), []string{"enter"}, catalogue.T("list"), openBench},
		{FlowValue, Flows, catalogue.T("customers or revenue"), []string{"v"}, catalogue.T("value"), nothing},
		{FlowGroup, Flows, catalogue.T("segments or tiers"), []string{"t"}, catalogue.T("tiers"), nothing},
		{FlowDays, Flows, catalogue.T("compare with another day under the same scheme; press again to go back"), []string{"a"}, catalogue.T("day"), openBench},

		{ScenarioOpen, Kept, catalogue.T("open the scenario; in the log, go to the edit"), []string{"enter"}, catalogue.T("open"), openBench},
		{ScenarioBaseline, Kept, catalogue.T("make the marked scenario the baseline"), []string{"B"}, "", openBench},
		{ScenarioBeside, Kept, catalogue.T("mark it for side by side"), []string{"space"}, catalogue.T("beside"), openBench},
		{ScenarioNote, Kept, catalogue.T("write a note on it"), []string{"n"}, catalogue.T("note"), openBench},
		{ScenarioName, Kept, catalogue.T("rename it"), []string{"r"}, "", openBench},
		{ScenarioCopy, Kept, catalogue.T("copy it under another name"), []string{"c"}, catalogue.T("copy"), openBench},
		{ScenarioDelete, Kept, catalogue.T("delete it"), []string{"D"}, "", openBench},
		{ScenarioFile, Kept, catalogue.T("write it to a scheme file"), []string{"x"}, catalogue.T("file"), openBench},

		{BesideAdd, Beside, catalogue.T("add a scenario"), []string{"a"}, catalogue.T("add"), openBench},
		{BesideDrop, Beside, catalogue.T("remove the marked column"), []string{"D"}, "", openBench},

		{ListUp, Lists, catalogue.T("row above"), []string{"up", "k"}, catalogue.T("row"), nothing},
		{ListDown, Lists, catalogue.T("row below"), []string{"down", "j"}, catalogue.T("row"), nothing},
		{ListPageUp, Lists, catalogue.T("rows above"), []string{"pgup"}, "", nothing},
		{ListPageDown, Lists, catalogue.T("rows below"), []string{"pgdown"}, "", nothing},
		{ListFirst, Lists, catalogue.T("first row"), []string{"home", "g"}, "", nothing},
		{ListLast, Lists, catalogue.T("last row"), []string{"end", "G"}, "", nothing},
		{PagePrevious, Pages, catalogue.T("previous page"), []string{"["}, catalogue.T("page"), nothing},
		{PageNext, Pages, catalogue.T("next page"), []string{"]"}, catalogue.T("page"), nothing},

		{PersonOpen, People, catalogue.T("profile of the marked customer"), []string{"enter"}, catalogue.T("profile"), openBench},
		{MatchNext, People, catalogue.T("next match, whether or not others are shown"), []string{"n"}, "", openBench},
		{MatchPrevious, People, catalogue.T("previous match"), []string{"N"}, "", openBench},
		{Everybody, People, catalogue.T("show all customers"), []string{"a"}, "", openBench},
		{PersonLock, People, catalogue.T("lock the customer in a tier, or unlock"), []string{"L"}, "", openBench},
		{ExportPeople, People, catalogue.T("write the customers shown to a CSV file"), []string{"x"}, "", openBench},

		{AskPeople, Answers, catalogue.T("list exactly the customers behind the marked figure"), []string{"enter"}, catalogue.T("list"), openBench},
		{AskFigure, Answers, catalogue.T("show another figure"), []string{"v"}, catalogue.T("value"), openBench},
		{AskVariant, Counted, catalogue.T("strict or rolling: in the month, or then or later"), []string{"r"}, catalogue.T("rolling"), openBench},
		{AskWhom, Counted, catalogue.T("all customers, or those of a tier"), []string{"t"}, catalogue.T("tier"), openBench},
		{AskGroup, Grouped, catalogue.T("group by another column"), []string{"a"}, catalogue.T("by"), openBench},
		{AskAcross, Crossed, catalogue.T("set another column against it"), []string{"c"}, catalogue.T("against"), openBench},
		{AskExport, Answers, catalogue.T("write the answer to a file: .csv, .json, .md or .html"), []string{"x"}, catalogue.T("export"), openBench},

		{ShowMarked, Imports, catalogue.T("refused rows of the file, or for a reason; a row in full"), []string{"enter"}, catalogue.T("show"), openBench},
		{Export, Imports, catalogue.T("write the list to a file: .csv, .json, .md or .html"), []string{"x"}, catalogue.T("export"), openBench},

		{Filter, Sorted, catalogue.T("only rows with a text, or a figure: >1000, <=5, =0"), []string{"/"}, catalogue.T("filter"), openBench},
		{SortColumn, Sorted, catalogue.T("sort by the marked column; press again to reverse"), []string{"."}, catalogue.T("sort"), openBench},
		{ColumnLeft, Tables, catalogue.T("mark the column to the left"), []string{"left", "h"}, catalogue.T("column"), nothing},
		{ColumnRight, Tables, catalogue.T("mark the column to the right"), []string{"right", "l"}, catalogue.T("column"), nothing},
		{Columns, Chosen, catalogue.T("choose the columns"), []string{"c"}, catalogue.T("columns"), openBench},
		{CopyPart, Sorted, catalogue.T("copy the cell, the row, the column or all rows"), []string{"Y"}, "", openBench},

		{Undo, Scheme, catalogue.T("undo the last edit"), []string{"u"}, catalogue.T("undo"), openBench},
		{Redo, Scheme, catalogue.T("redo the edit undone last"), []string{"ctrl+r"}, "", openBench},
		{OpenScheme, Scheme, catalogue.T("open a scenario or a preset"), []string{"o"}, "", openBench},
		{Limits, Scheme, catalogue.T("what counts: set or clear filter, window, day"), []string{"F"}, "", openBench},
		{Baseline, Scheme, catalogue.T("make the current tiers the baseline"), []string{"b"}, catalogue.T("baseline"), openBench},
		{Save, Scheme, catalogue.T("save as a scenario; a temporary workspace as a file"), []string{"s"}, catalogue.T("save"), openBench},

		{Explain, Reading, catalogue.T("explain the marked number"), []string{"i"}, catalogue.T("explain"), nothing},
		{Warnings, Reading, catalogue.T("warnings and caveats"), []string{"w"}, "", nothing},
		{Copy, Reading, catalogue.T("copy what is marked, as tab-separated text"), []string{"y"}, "", nothing},
		{Messages, Reading, catalogue.T("earlier messages"), []string{"e"}, "", nothing},

		{ScreenPrevious, Moving, catalogue.T("previous screen"), []string{"<"}, "", nothing},
		{ScreenNext, Moving, catalogue.T("next screen"), []string{">"}, "", nothing},
		{PaneNext, Moving, catalogue.T("next pane"), []string{"tab"}, catalogue.T("pane"), nothing},
		{PanePrevious, Moving, catalogue.T("previous pane"), []string{"shift+tab"}, "", nothing},
		{Palette, Moving, catalogue.T("all commands by name"), []string{":", "ctrl+p"}, catalogue.T("commands"), nothing},
		{Help, Moving, catalogue.T("this help"), []string{"?"}, catalogue.T("help"), nothing},
		{Back, Moving, catalogue.T("go back one step"), []string{"esc"}, "", nothing},
		{Quit, Moving, catalogue.T("quit; asks if work would be lost"), []string{"q"}, catalogue.T("quit"), nothing},
		{QuitNow, Moving, catalogue.T("quit, closing a prompt first; twice, at once"), []string{"ctrl+c"}, "", nothing},
		{Suspend, Moving, catalogue.T("suspend strata; fg brings it back"), []string{"ctrl+z"}, "", nothing},
	}
	var screens []Action
	for _, p := range Places() {
		if p != p.First() {
			continue
		}
		screens = append(screens, Action{p.Open(), Moving, catalogue.T("the {place} screen", "place", p.String()), []string{p.Digit()}, "", nothing})
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
