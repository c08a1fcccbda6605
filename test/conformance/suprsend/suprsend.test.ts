import { judgedBy } from '../judging';
import { setUpBothSides, type BothSides } from './both-sides';
import { testSuprSendDifferences } from './differences';
import { testEvents } from './events';
import { testListsAndTenants } from './lists-and-tenants';
import { testOtherOperations } from './other-operations';
import { testUsers } from './users';
import { testWorkflows } from './workflows';

const judge = judgedBy('suprsend');

let current: BothSides;
const sides = () => current;

beforeAll(async () => {
	current = await setUpBothSides();
});
afterAll(async () => await current.close());

testEvents(sides, judge);
testUsers(sides, judge);
testWorkflows(sides, judge);
testListsAndTenants(sides, judge);
testOtherOperations(sides, judge);
testSuprSendDifferences(sides, judge);
