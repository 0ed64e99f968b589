package migration

import "testing"

// Reasons are shortened by whole clauses, never inside of a word or a number.
func TestFitReason(t *testing.T) {
	t.Parallel()
	whole := reason{"recency 34–45 days now scores 3, not 4, and same scores, different segment in the other map", " (146 of 1,162)"}
	for width, want := range map[int]string{
		200: "because recency 34–45 days now scores 3, not 4, and same scores, different segment in the other map (146 of 1,162)",
		110: "recency 34–45 days now scores 3, not 4, and same scores, different segment in the other map (146 of 1,162)",
		100: "recency 34–45 days now scores 3, not 4 … (146 of 1,162)",
		55:  "recency 34–45 days now scores 3, not 4 … (146 of 1,162)",
		54:  "",
		0:   "",
	} {
		if got := whole.fit(width); got != want {
			t.Errorf("in %d cells: %q, want %q", width, got, want)
		}
	}
	broad := reason{"recency and frequency score better (they changed and the cuts moved)", " (57 of 92)"}
	if got := broad.fit(56); got != "recency and frequency score better … (57 of 92)" {
		t.Errorf("a broad one: %q", got)
	}
	if got := (reason{"recency 34–45 days now scores 3, not 4", " (1 of 2)"}).fit(41); got != "recency 34–45 days now scores 3, not 4 …" {
		t.Errorf("without how many: %q", got)
	}
}
