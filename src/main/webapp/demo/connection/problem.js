/** The sentence in a problem+json answer, or at least its status. */
export async function problemOf(response) {
  const { title, detail } = await response.json().catch(() => ({}));
  return [title, detail].filter(Boolean).join(': ') || `The hub answered ${response.status}.`;
}
