package yamltext

import "github.com/goccy/go-yaml/token"

// empties counts what the parser has to make up, be it a value or what a tag stands
// before: each moves all that follows.
type empties struct {
	values, tags int
	flow         []entry // of each bracket that is open
}

// entry is what is known of the entry at hand between brackets.
type entry struct {
	inMap      bool // between braces
	words      bool // it has some
	keyAndMore bool // it has the mark of a key
}

func (e *empties) take(words token.Tokens, i int) error {
	word := words[i]
	switch word.Type {
	case token.AnchorType, token.AliasType, token.TagType, token.MappingKeyType, token.MergeKeyType:
		e.tags++
	}
	if e.betweenBrackets(word) || lacksValue(words, i) {
		e.values++
	}
	switch {
	case e.values > mostEmpty:
		return at(word, "more than {most_empty} keys and entries without a value", "most_empty", mostEmpty)
	case e.tags > mostTags:
		return at(word, "more than {most_tags} anchors, aliases and tags", "most_tags", mostTags)
	}
	return nil
}

// betweenBrackets reports whether a word ends an entry of braces that is a key alone.
func (e *empties) betweenBrackets(word *token.Token) (alone bool) {
	var now *entry
	if len(e.flow) > 0 {
		now = &e.flow[len(e.flow)-1]
	}
	switch word.Type {
	case token.MappingStartType, token.SequenceStartType:
		if now != nil {
			now.words = true
		}
		if len(e.flow) <= mostDepth { // deeper is refused
			e.flow = append(e.flow, entry{inMap: word.Type == token.MappingStartType})
		}
	case token.CollectEntryType, token.MappingEndType, token.SequenceEndType:
		if now == nil {
			return false
		}
		alone = now.inMap && now.words && !now.keyAndMore
		if *now = (entry{inMap: now.inMap}); word.Type != token.CollectEntryType {
			e.flow = e.flow[:len(e.flow)-1]
		}
	case token.MappingValueType:
		if now != nil {
			now.keyAndMore = true
		}
	default:
		if now != nil {
			now.words = true
		}
	}
	return alone
}

// lacksValue reports whether a word is the mark of a key or an entry that nothing comes
// behind, up to the next one beside it or above.
func lacksValue(words token.Tokens, i int) bool {
	word := words[i]
	if word.Type != token.MappingValueType && word.Type != token.SequenceEntryType {
		return false
	}
	column := word.Position.Column
	if word.Type == token.MappingValueType && i > 0 {
		column = words[i-1].Position.Column
	}
	for _, next := range words[i+1:] {
		switch next.Type {
		case token.CommentType:
			continue
		case token.CollectEntryType, token.MappingEndType, token.SequenceEndType:
			return true
		}
		return next.Position.Line > word.Position.Line && next.Position.Column <= column
	}
	return true
}
