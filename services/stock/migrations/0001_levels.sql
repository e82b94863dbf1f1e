-- What is in stock of each article, and how it came to be so. The role stock_service_role, without login, is there already: users that log
-- in have it as their default role.
CREATE TABLE IF NOT EXISTS levels (
  sku VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  quantity INT NOT NULL,
  CONSTRAINT levels_are_not_negative CHECK (quantity >= 0)
);

CREATE TABLE IF NOT EXISTS movements (
  -- Chosen by the client, so that a repeated request finds the movement of the first one.
  movement_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  sku VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- Positive into the warehouse and negative out of it.
  quantity INT NOT NULL,
  level_after INT NOT NULL,
  moved_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  CONSTRAINT movements_move_something CHECK (quantity <> 0)
);

-- Movements are never changed nor taken back; a mistake is moved the other way round.
GRANT SELECT, INSERT ON movements TO stock_service_role;
GRANT SELECT, INSERT, UPDATE ON levels TO stock_service_role;
