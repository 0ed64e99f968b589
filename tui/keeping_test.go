package tui

import (
	"testing"

	"strata/model"
)

func TestSchemesAreSavedAsScenarios(t *testing.T) {
	t.Parallel()
	w, bench := open(t, Options{}, shop, 120, 36)
	press(w, "right", "s")
	expect(t, w, "save as scenario:")
	press(w, "ten", "enter")
	expect(t, w, "that is a preset; choose another name")
	press(w, "backspace", "backspace", "backspace", "tight", "enter")
	expect(t, w, `saved as scenario "tight", its cuts frozen as they are`, "tight   returns ignored · zero values dropped   against ten")
	refuse(t, w, "tight *")

	press(w, "right")
	expect(t, w, "tight *")
	press(w, "s")
	expect(t, w, `save as scenario ([Enter] replaces "tight"): tight`)
	press(w, "enter")
	refuse(t, w, "tight *")
	if len(bench.Kept) != 1 {
		t.Errorf("%d scenarios are kept", len(bench.Kept))
	}

	press(w, "s", "tighter", "enter")
	expect(t, w, "tighter   returns ignored · zero values dropped   against ten")
	press(w, "s", "backspace", "backspace", "enter")
	expect(t, w, `There is a scenario "tight" already`, "▸ leave it as it is")
	press(w, "enter")
	expect(t, w, "tighter   returns ignored · zero values dropped   against ten")
	press(w, "s", "backspace", "backspace", "enter", "down", "enter")
	expect(t, w, "tight   returns ignored · zero values dropped   against ten")
	if len(bench.Kept) != 2 {
		t.Errorf("%d scenarios are kept", len(bench.Kept))
	}
}

func TestScenariosAreOfferedBeforeThePresets(t *testing.T) {
	t.Parallel()
	w, bench := open(t, Options{}, shop, 120, 36)
	press(w, "s", "tight", "enter", "s", "tighter", "enter")
	bench.Kept[1].Note = "for\x1b[31m Monday"
	press(w, "o")
	expect(t, w, "▸ tight · scenario of 2026-11-21", "tighter · scenario of 2026-11-21 · for[31m Monday", "active", "ten: ten segments")
	press(w, "enter")
	expect(t, w, `scenario "tight", returns ignored, zero values dropped: 141 customers, £212k reclassified`, "tight   returns ignored · zero values dropped   against ten")
	press(w, "3", "]")
	expect(t, w, "3 Migration › Scenarios")
}

func TestWhatCannotBeTakenBackSaysWhy(t *testing.T) {
	t.Parallel()
	w, bench := open(t, Options{}, shop, 120, 36)
	bench.Broken = model.Errorf(model.Corrupt, "edit 3 of the workspace cannot be read")
	press(w, "u")
	expect(t, w, "edit 3 of the workspace cannot be read")
	refuse(t, w, "nothing to undo")
}
