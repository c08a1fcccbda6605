/** For questions that the events of a batch ask again and again: the last answer is kept. */
export function rememberLast<Question, Answer>(
	find: (question: Question) => Answer,
): (question: Question) => Answer {
	let last: { question: Question; answer: Answer } | undefined;
	return (question) => {
		if (last === undefined || last.question !== question) last = { question, answer: find(question) };
		return last.answer;
	};
}
