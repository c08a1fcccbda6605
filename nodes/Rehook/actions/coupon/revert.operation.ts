import { application } from './application';

export const revert = application('revert');
