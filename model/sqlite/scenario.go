package sqlite

import (
	"context"
	"database/sql"
	"time"

	"strata/model"
	"strata/model/catalogue"
)

// Scenarios lists the kept scenarios by name.
func (w *Workspace) Scenarios(ctx context.Context) ([]model.Scenario, error) {
	w.use.RLock()
	defer w.use.RUnlock()
	if err := w.unhindered(); err != nil {
		return nil, err
	}
	if w.lacks(scenarioStep) {
		return nil, nil
	}
	err := unbroken(ctx, w.db, w.catalog.Load().version, "scenario")
	if err != nil {
		return nil, fault(catalogue.T("reading"), w.path, err)
	}
	all, err := readScenarios(ctx, w.db)
	return all, fault(catalogue.T("reading"), w.path, err)
}

func readScenarios(ctx context.Context, q querier) (all []model.Scenario, err error) {
	rows, err := q.QueryContext(ctx, "SELECT name, note, scheme, saved_at FROM scenario ORDER BY name")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var s model.Scenario
		var at string
		if err := rows.Scan(&s.Name, &s.Note, &s.Scheme, &at); err != nil {
			return nil, err
		}
		if s.SavedAt, err = time.Parse(momentFormat, at); err != nil {
			return nil, damaged("time of scenario {name:q}: {cause}", "name", s.Name, "cause", err)
		}
		all = append(all, s)
	}
	return all, rows.Err()
}

// PutScenario keeps a scenario, in the place of an older one of that name.
// Error: ReadOnly.
func (w *Workspace) PutScenario(ctx context.Context, s model.Scenario) error {
	return w.reseal(ctx, "scenario", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `
			INSERT INTO scenario (name, note, scheme, saved_at) VALUES (?, ?, ?, ?)
			ON CONFLICT (name) DO UPDATE SET note = excluded.note, scheme = excluded.scheme, saved_at = excluded.saved_at`,
			s.Name, s.Note, s.Scheme, moment(s.SavedAt))
		return err
	})
}

// DeleteScenario forgets a scenario. Errors: ReadOnly, NotFound.
func (w *Workspace) DeleteScenario(ctx context.Context, name string) error {
	return w.reseal(ctx, "scenario", func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, "DELETE FROM scenario WHERE name = ?", name)
		if err != nil {
			return err
		}
		n, err := result.RowsAffected()
		if err != nil {
			return err
		}
		if n > 0 {
			return nil
		}
		return model.Errorf(model.NotFound, "there is no scenario {name:q}", "name", name)
	})
}

// Services returns what each tier is promised, best tier first; nil where
// nobody has said.
func (w *Workspace) Services(ctx context.Context) ([]model.Service, error) {
	w.use.RLock()
	defer w.use.RUnlock()
	if err := w.unhindered(); err != nil {
		return nil, err
	}
	if w.lacks(scenarioStep) {
		return nil, nil
	}
	err := unbroken(ctx, w.db, w.catalog.Load().version, "service")
	if err != nil {
		return nil, fault(catalogue.T("reading"), w.path, err)
	}
	all, err := readServices(ctx, w.db, w.old)
	return all, fault(catalogue.T("reading"), w.path, err)
}

// readServices reads them out of a file of a version, 0 for this one.
func readServices(ctx context.Context, q querier, old int) (all []model.Service, err error) {
	assumed := "assumed"
	if lacks(old, assumedStep) {
		assumed = "0"
	}
	rows, err := q.QueryContext(ctx, `
		SELECT tier, promise_minutes, contacts_e2, minutes, per_adviser, contact_cost_e4, `+assumed+` FROM service
		ORDER BY CASE tier WHEN 'high' THEN 0 WHEN 'mid' THEN 1 ELSE 2 END`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var s model.Service
		if err := rows.Scan(&s.Tier, &s.Promise, &s.Contacts, &s.Minutes, &s.PerAdviser, &s.ContactCost, &s.Assumed); err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, rows.Err()
}

// SetServices replaces what the tiers are promised. Error: ReadOnly.
func (w *Workspace) SetServices(ctx context.Context, services []model.Service) error {
	return w.reseal(ctx, "service", func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "DELETE FROM service"); err != nil {
			return err
		}
		for _, s := range services {
			_, err := tx.ExecContext(ctx, `
				INSERT INTO service (tier, promise_minutes, contacts_e2, minutes, per_adviser, contact_cost_e4, assumed)
				VALUES (?, ?, ?, ?, ?, ?, ?)`,
				string(s.Tier), s.Promise, s.Contacts, s.Minutes, s.PerAdviser, int64(s.ContactCost), s.Assumed)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// reseal changes a table that is sealed as a whole, if it is as it was sealed, and
// seals it anew. Error: Corrupt.
func (w *Workspace) reseal(ctx context.Context, table string, do func(tx *sql.Tx) error) error {
	return w.write(ctx, func(tx *sql.Tx) error {
		if err := unbroken(ctx, tx, w.catalog.Load().version, table); err != nil {
			return err
		}
		if err := do(tx); err != nil {
			return err
		}
		return seal(ctx, tx, table)
	})
}
