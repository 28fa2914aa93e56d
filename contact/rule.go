package contact

// Rule numbers what Plain, EmailKey and PhoneKey answer. A register keeps what
// they answered: it makes that anew when it was made by another rule than this.
const Rule = 1
