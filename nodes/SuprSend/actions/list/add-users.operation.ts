import { addSubscribers } from '../../endpoints';
import { subscribersOperation } from '../../subscribers';

export const addUsers = subscribersOperation('addUsers', addSubscribers);
