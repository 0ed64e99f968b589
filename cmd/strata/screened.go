package main

import (
	"bytes"
	"io"
	"unicode/utf8"

	"strata/model"
	answertext "strata/model/answer/text"
	"strata/model/catalogue"
	"strata/model/disk"
)

// screened is the last place before what is printed leaves: nothing that could
// control a terminal comes through, whatever was forgotten before. It remembers
// why writing failed, so that nobody else need.
type screened struct {
	to      io.Writer
	raw     func() bool // texts are wanted as they are; nil: never
	colored func() bool // colour comes through; nil: never
	begun   []byte      // a character, or a colour, that has not ended
	err     error
}

// Write cleans text and passes it on.
func (w *screened) Write(text []byte) (int, error) {
	out := text
	if w.raw == nil || !w.raw() {
		out = w.clean(text)
	}
	if _, err := w.to.Write(out); err != nil {
		if w.err == nil {
			w.err = err
		}
		return 0, err
	}
	return len(text), nil
}

func (w *screened) clean(text []byte) []byte {
	plain := len(w.begun) == 0
	for i := 0; plain && i < len(text); i++ {
		c := text[i]
		plain = c < 0x7f && (c >= ' ' || c == '\n' || c == '\t')
	}
	if plain {
		return text
	}
	text = append(w.begun, text...)
	end := len(text)
	for back := 1; back < utf8.UTFMax && back <= len(text); back++ { // a character may be cut in two
		if last := text[len(text)-back:]; utf8.RuneStart(last[0]) {
			if !utf8.FullRune(last) {
				end -= back
			}
			break
		}
	}
	if w.colored == nil || !w.colored() {
		w.begun = bytes.Clone(text[end:])
		return []byte(model.Harmless(string(text[:end])))
	}
	if at := bytes.LastIndexByte(text[:end], '\x1b'); at >= 0 && bytes.IndexByte(text[at:end], 'm') < 0 && end-at < len("\x1b[39m") {
		end = at
	}
	w.begun = bytes.Clone(text[end:])
	var out []byte
	at, shown := 0, string(text[:end])
	for _, color := range answertext.Colors.FindAllStringIndex(shown, -1) {
		out = append(append(out, model.Harmless(shown[at:color[0]])...), shown[color[0]:color[1]]...)
		at = color[1]
	}
	return append(out, model.Harmless(shown[at:])...)
}

// failed tells why the result could not be written, nil if it was. What came of it
// may be stored all the same.
func (w *screened) failed(stored bool) error {
	if w.err == nil || model.CodeOf(w.err) == model.Cancelled {
		return nil
	}
	return cannotTell(w.err, stored)
}

func cannotTell(err error, stored bool) error {
	but := ""
	if stored {
		but = catalogue.T(", but it is stored")
	}
	what, remedy := disk.Trouble(err)
	if what == "" {
		return model.Errorf(model.Unreadable, "the result cannot be written{but}: {cause}", "but", but, "cause", err)
	}
	return &model.Error{Code: model.Unreadable, Message: catalogue.T("the result cannot be written{but}: {reason}", "but", but, "reason", what), Hint: remedy, Err: err}
}
