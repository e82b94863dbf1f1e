-- The stock's tables, and the role that holds the privileges of its users. Run it in the database `stock` as the master user, before
-- the service is deployed; running it again changes nothing.

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
  KEY movements_of_sku (sku, moved_at),
  CONSTRAINT movements_move_something CHECK (quantity <> 0)
);

-- Without login: the users that log in, stock_service and stock_service_clone, have it as their default role.
CREATE ROLE IF NOT EXISTS stock_service_role;

-- Movements are never changed nor taken back; a mistake is moved the other way round.
GRANT SELECT, INSERT ON movements TO stock_service_role;
GRANT SELECT, INSERT, UPDATE ON levels TO stock_service_role;
