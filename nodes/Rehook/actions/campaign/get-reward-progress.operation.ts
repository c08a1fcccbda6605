import { field, operation, wholeList } from '../../../shared';
import { getRewardProgress as endpoint } from '../../endpoints';
import { optionalSourceId } from '../../source-id';

/** Rehook's page doesn't show the response. */
export const getRewardProgress = operation.list({
	resource: 'campaign',
	operation: 'getRewardProgress',
	action: 'Get reward progress of campaigns',
	description: 'Get how far customers are from a reward, in all types of campaigns',
	endpoint,
	fields: {
		source_id: optionalSourceId,
		campaign_id: field.text({
			displayName: 'Campaign ID',
			name: 'campaignId',
			placeholder: 'e.g. camp_XbgBcerLwjoMhAGcmAHhZ',
			description: 'The campaign. Leave empty for all campaigns.',
			wrong: 'The campaign ID must be text',
			identifies: true,
		}),
	},
	paging: wholeList,
});
