import { field } from '../shared';

const missing =
	'RelationKit files everything under a user ID; this item has none, and an anonymous ID is not enough';

export const userId = field.text({
	displayName: 'User ID',
	name: 'userId',
	placeholder: 'e.g. 97980cfea0067',
	description: 'The ID of the customer in your own system',
	missing,
	identifies: true,
	from: (event) => event.userId,
});
