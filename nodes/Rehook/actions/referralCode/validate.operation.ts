import { field, pathPart, record, type Operation, type RecordOf } from '../../../shared';
import { validateReferralCode } from '../../endpoints';
import { customerSchema } from '../customer/get.operation';

const code = record(
	{
		referral_code: field.text({
			displayName: 'Referral Code',
			name: 'referralCode',
			placeholder: 'e.g. KBLGPN',
			description: 'The referral code whose owner you want to find',
			schema: pathPart("Fill in 'Referral Code'"),
		}),
	},
	{
		moreProperties: [
			{
				displayName:
					"Items with an unknown code fail. To continue and send these items to a separate output, set 'On Error' in the node's settings to 'Continue (using error output)'.",
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
	description: 'Find out who owns a referral code that a customer entered',
	endpoint: validateReferralCode,
	record: code,
	request: (params) => ({ params }),
	resend: 'safe',
	result: { schema: customerSchema, entity: {} },
};
