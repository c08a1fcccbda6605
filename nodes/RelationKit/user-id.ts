import { field } from '../shared';

const missing = "Fill in the user ID. RelationKit requires it and doesn't accept an anonymous ID instead";

export const userId = field.text({
	displayName: 'User ID',
	name: 'userId',
	placeholder: 'e.g. 97980cfea0067',
	description: "The customer's ID in your own system",
	missing,
	identifies: true,
	from: (event) => event.userId,
});
