/**
 * Keeps the answers to questions that come again and again, such as those that all events of a batch ask.
 * `undefined` is no answer, and is looked for again: so nothing is kept of what cannot be read.
 * @param most answers are kept; the next one has all others forgotten
 */
export function remember<Question, Answer>(
	most: number,
	find: (question: Question) => Answer,
): (question: Question) => Answer {
	const answers = new Map<Question, Answer>();
	return (question) => {
		const known = answers.get(question);
		if (known !== undefined) return known;
		const answer = find(question);
		if (answer === undefined) return answer;
		if (answers.size >= most) answers.clear();
		answers.set(question, answer);
		return answer;
	};
}
