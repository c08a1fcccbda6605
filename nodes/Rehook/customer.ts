import { z } from 'zod/v4';

/** A customer as Rehook shows one; there is more in it, which its reference shows by example only. */
export const customerSchema = z.looseObject({
	id: z.string().optional(),
	source_id: z.string().optional(),
});
