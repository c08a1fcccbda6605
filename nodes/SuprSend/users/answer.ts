import { z } from 'zod/v4';

/** A user in a response: docs.suprsend.com/reference/get-user-profile. It also has the channels. */
export const userAnswerSchema = z.looseObject({
	distinct_id: z.string(),
	properties: z.record(z.string(), z.unknown()),
	created_at: z.string(),
	updated_at: z.string(),
});
