import { field } from '../shared';

const missing = 'Fill in the user ID. RelationKit requires it, and an anonymous ID is not enough';

export const userId = field.text({
	displayName: 'User ID',
	name: 'userId',
	placeholder: 'e.g. 97980cfea0067',
	description: 'The ID of the customer in your own system',
	missing,
	identifies: true,
	from: (event) => event.userId,
});
