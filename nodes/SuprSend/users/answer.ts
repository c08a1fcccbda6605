import { z } from 'zod/v4';

/** A user as SuprSend answers: docs.suprsend.com/reference/get-user-profile. Channels stand beside these. */
export const userAnswerSchema = z.looseObject({
	distinct_id: z.string(),
	properties: z.record(z.string(), z.unknown()),
	created_at: z.string(),
	updated_at: z.string(),
});
