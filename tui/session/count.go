package session

import (
	"context"
	"strings"

	"strata/model"
	"strata/model/catalogue"
)

// counting is the working scheme with another spec.
func (b *Bench) counting(spec model.Spec) model.Scheme {
	scheme := b.scheme.Clone()
	scheme.Spec = spec
	return scheme
}

// CountAhead is UndoAhead for Count.
func (b *Bench) CountAhead(spec model.Spec) func(context.Context) (*Ahead, error) {
	b.Rest()
	return b.SchemeAhead(b.counting(spec))
}

// Count makes the working scheme measure by another spec, as one edit, and returns
// what the log tells of it; nothing where it did already. Errors: those of
// measuring.
func (b *Bench) Count(spec model.Spec) (told model.Edit, err error) {
	b.Rest()
	before := b.edits.at
	words := countedOtherwise(spec, model.NoDay, b.scheme.Spec, model.NoDay)
	if spec.AsOf != b.scheme.Spec.AsOf {
		words = append(words, catalogue.T("as of {day}", "day", asOfWords(spec)))
	}
	if err := b.Change(catalogue.T("what counts: {changes}", "changes", strings.Join(words, ", ")), b.counting(spec)); err != nil || b.edits.at == before {
		return told, err
	}
	return b.edits.edits[b.edits.at].made.told, nil
}
