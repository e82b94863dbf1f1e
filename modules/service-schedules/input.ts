import type { z } from "zod";
import type { serviceScheduleConfig } from "./config";

export type ServiceScheduleInput = z.input<typeof serviceScheduleConfig>;
