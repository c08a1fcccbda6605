import { z } from 'zod/v4';
import { pathPart, readText, type Operation } from '../../../shared/delivery';
import { customerSchema } from '../../customer';
import { validateReferralCode } from '../../endpoints';

const codeSchema = z.object({ referral_code: pathPart('There is no Referral Code to look up') });

export const validate: Operation<z.infer<typeof codeSchema>> = {
	resource: 'referralCode',
	operation: 'validate',
	endpoint: validateReferralCode,
	reports: 'each',
	fields: [
		{
			displayName: 'Referral Code',
			name: 'referralCode',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. KBLGPN',
			description: 'The code that a friend entered. The answer is the customer who owns it.',
		},
		{
			displayName:
				"A code that nobody has fails. To go on with such items, set 'On Error' in the node's settings to 'Continue (using error output)': good codes leave on the first output, the others on the second.",
			name: 'unknownCodeNotice',
			type: 'notice',
			default: '',
		},
	],
	schema: codeSchema,
	repeating: 'harmless',
	fromFields: (fields) => ({ record: { referral_code: readText(fields, 'referralCode') } }),
	request: ([code]) => ({ params: code?.record }),
	responseSchema: customerSchema,
};
