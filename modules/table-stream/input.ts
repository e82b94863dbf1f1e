import type { z } from "zod";
import type { streamConsumerConfig } from "./config";

export type StreamConsumerInput = z.input<typeof streamConsumerConfig>;
