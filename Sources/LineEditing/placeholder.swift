// filled by the line editor
