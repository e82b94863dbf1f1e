import { ConflictError, InternalError, UnprocessableError } from "../../runtime/errors/service-errors";
import type { Mysql, Transaction } from "../../runtime/mysql/mysql";
import type { Movement, MovementRequest } from "./movement-schema";

interface Row {
  readonly movement_id: string;
  readonly sku: string;
  readonly quantity: number;
  readonly level_after: number;
  readonly moved_at: Date;
}

const columns = "movement_id, sku, quantity, level_after, moved_at";
const repeatable = { idempotent: true };

/** Levels and movements (migrations): a movement is made once, under the id that the client chose. */
export class StockRepository {
  constructor(
    private readonly writer: Mysql,
    private readonly reader: Mysql,
  ) {}

  /**
   * Moves stock, or finds the movement that an earlier request with this id made (`replayed`). The lock on the article's level decides who
   * is first, so the transaction can be repeated when it is unknown whether it was carried out.
   * @throws UnprocessableError when the id belongs to a different movement
   * @throws ConflictError when there is not enough in stock
   */
  move(request: MovementRequest): Promise<{ movement: Movement; replayed: boolean }> {
    const { movementId, sku, quantity } = request;
    return this.writer.transaction(async (transaction) => {
      await transaction.query({
        text: "INSERT INTO levels (sku, quantity) VALUES (?, 0) ON DUPLICATE KEY UPDATE quantity = quantity",
        values: [sku],
      });
      const earlier = await find(transaction, movementId);
      if (earlier) {
        if (earlier.sku === sku && earlier.quantity === quantity) return { movement: earlier, replayed: true };
        throw new UnprocessableError(
          "The movementId was used for a different movement; send the same body again, or choose a new id.",
        );
      }
      const { affectedRows } = await transaction.query({
        text: "UPDATE levels SET quantity = quantity + ? WHERE sku = ? AND quantity + ? >= 0",
        values: [quantity, sku, quantity],
      });
      if (affectedRows === 0) throw new ConflictError("There is not enough in stock; take less.");
      await transaction.query({
        text: `INSERT INTO movements (movement_id, sku, quantity, level_after)
               SELECT ?, sku, ?, quantity FROM levels WHERE sku = ?`,
        values: [movementId, quantity, sku],
      });
      const movement = await find(transaction, movementId);
      if (movement) return { movement, replayed: false };
      throw new InternalError(new Error("A movement that was made is gone."));
    }, repeatable);
  }

  /** What is in stock of an article, as the reader has it; 0 of one that never moved. */
  async level(sku: string): Promise<number> {
    const { rows } = await this.reader.query<{ quantity: number }>(
      { text: "SELECT quantity FROM levels WHERE sku = ?", values: [sku] },
      repeatable,
    );
    return rows[0]?.quantity ?? 0;
  }
}

async function find(transaction: Transaction, movementId: string): Promise<Movement | undefined> {
  const { rows } = await transaction.query<Row>({
    text: `SELECT ${columns} FROM movements WHERE movement_id = ?`,
    values: [movementId],
  });
  const [row] = rows;
  return (
    row && {
      movementId: row.movement_id,
      sku: row.sku,
      quantity: row.quantity,
      levelAfter: row.level_after,
      movedAt: row.moved_at.toISOString(),
    }
  );
}
