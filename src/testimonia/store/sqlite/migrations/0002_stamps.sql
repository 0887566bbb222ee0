-- What a run was made of (the step's version and the text's hash), so that it can be told whether it is due again.
ALTER TABLE run ADD COLUMN stamp TEXT NOT NULL DEFAULT '';
