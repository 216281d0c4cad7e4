"""From receipt to dispatch: lots of cards pass stations and leave on their planned day or when they are done."""
