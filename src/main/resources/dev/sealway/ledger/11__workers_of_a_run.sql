ALTER TABLE sealway.run_control
  ADD COLUMN workers int CONSTRAINT run_control_workers CHECK (workers >= 1);
