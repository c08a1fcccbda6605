import { field, pathPart, record, type Operation, type RecordOf } from '../../../shared';
import { validateReferralCode } from '../../endpoints';
import { customerSchema } from '../customer/get.operation';

const code = record(
	{
		referral_code: field.text({
			displayName: 'Referral Code',
			name: 'referralCode',
			placeholder: 'e.g. KBLGPN',
			description: 'The code that a friend entered. Returns the customer who owns it.',
			schema: pathPart("Fill in 'Referral Code'"),
		}),
	},
	{
		moreProperties: [
			{
				displayName:
					"Unknown codes fail. To get them on a separate output and continue, set 'On Error' in the node's settings to 'Continue (using error output)'.",
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
