#include <string.h>

#include "helper.h"

void follow(const struct message *spec, const struct directive_entry *directives) {
  for (size_t word = 1; word < spec->count; word += 2)
    for (const struct directive_entry *entry = directives; entry->key; entry++)
      if (strcmp(entry->key, spec->words[word]) == 0) entry->act(spec->words[word + 1]);
}

bool known(const char *key, const struct directive_entry *directives) {
  while (directives->key && strcmp(directives->key, key) != 0) directives++;
  return directives->key;
}
