import { removeSubscribers } from '../../endpoints';
import { subscribersOperation } from '../../subscribers';

export const removeUsers = subscribersOperation('removeUsers', removeSubscribers);
