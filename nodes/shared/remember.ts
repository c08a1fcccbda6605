/**
 * Caches the answers of a function that gets the same questions again and again, e.g. for all events of a batch.
 * Doesn't cache `undefined`.
 * @param most the number of answers to keep; the next answer clears the cache
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
