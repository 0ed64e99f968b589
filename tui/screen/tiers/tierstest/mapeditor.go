package tierstest

import "strata/model"

// The map of the bench cannot be edited: every edit is refused. The screen that
// paints is tested on a workspace in memory.

var errNoMap = model.Errorf(model.Usage, "this bench has no map to paint")

// Paint refuses.
func (b *Bench) Paint(model.Pattern, string) (string, error) { return "", errNoMap }

// AddSegment refuses.
func (b *Bench) AddSegment(string, model.Tier) (string, string, error) { return "", "", errNoMap }

// RenameSegment refuses.
func (b *Bench) RenameSegment(string, string) (string, error) { return "", errNoMap }

// SetSegmentTier refuses.
func (b *Bench) SetSegmentTier(string, model.Tier) (string, error) { return "", errNoMap }

// SetSegmentColor refuses.
func (b *Bench) SetSegmentColor(string, int) (string, error) { return "", errNoMap }

// MoveSegment refuses.
func (b *Bench) MoveSegment(string, int) (string, error) { return "", errNoMap }

// DeleteSegment refuses.
func (b *Bench) DeleteSegment(string) (string, error) { return "", errNoMap }

// ValueFixed says that the value rule cannot be changed.
func (b *Bench) ValueFixed() error { return errNoMap }

// SetWeights refuses.
func (b *Bench) SetWeights(string) (string, error) { return "", errNoMap }

// SetValueCuts refuses.
func (b *Bench) SetValueCuts(string) (string, error) { return "", errNoMap }

// TakeMap refuses.
func (b *Bench) TakeMap(string, model.Scheme) (string, error) { return "", errNoMap }
