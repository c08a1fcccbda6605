import { field, pathPart, record, type Operation, type RecordOf } from '../../../shared';
import { validateReferralCode } from '../../endpoints';
import { customerSchema } from '../customer/get.operation';

const code = record(
	{
		referral_code: field.text({
			displayName: 'Referral Code',
			name: 'referralCode',
			placeholder: 'e.g. KBLGPN',
			description: 'The code that a friend entered. The answer is the customer who owns it.',
			schema: pathPart('There is no Referral Code to look up'),
		}),
	},
	{
		moreProperties: [
			{
				displayName:
					"A code that nobody has fails. To go on with such items, set 'On Error' in the node's settings to 'Continue (using error output)': good codes leave on the first output, the others on the second.",
				name: 'unknownCodeNotice',
				type: 'notice',
				default: '',
			},
		],
	},
);

export const validate: Operation<RecordOf<typeof code>> = {
	resource: 'referralCode',
	operation: 'validate',
	action: 'Validate referral code',
	description: 'Find out who owns a code that a customer entered',
	endpoint: validateReferralCode,
	record: code,
	request: (params) => ({ params }),
	resend: 'safe',
	result: { schema: customerSchema, entity: {} },
};
