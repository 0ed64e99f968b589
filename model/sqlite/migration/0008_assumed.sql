-- What of a service is assumed still.

ALTER TABLE service ADD COLUMN assumed INTEGER NOT NULL DEFAULT 0; -- nobody has said: 1 promise, 2 contacts, 4 minutes, 8 per adviser, 16 cost, added up

-- One answer used to store the rest with it, as it is assumed: what still is as it was
-- assumed then counts as assumed.
UPDATE service SET assumed =
    1 * (promise_minutes = CASE tier WHEN 'high' THEN 60 WHEN 'mid' THEN 120 ELSE 1440 END)
  + 2 * (contacts_e2 = CASE tier WHEN 'high' THEN 200 WHEN 'mid' THEN 50 ELSE 20 END)
  + 4 * (minutes = CASE tier WHEN 'high' THEN 15 WHEN 'mid' THEN 10 ELSE 5 END)
  + 8 * (per_adviser = CASE tier WHEN 'high' THEN 125 ELSE 0 END)
  + 16 * (contact_cost_e4 = 0);
