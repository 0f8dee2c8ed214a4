/*
 * Makes system calls by number as a program of 32 bits does, without any library, and prints what the kernel answered:
 *
 *     calls NUMBER[,ARGUMENT…] …
 */
static long call(const long *of)
{
    long result;
    __asm__ volatile("int $0x80"
                     : "=a"(result)
                     : "a"(of[0]), "b"(of[1]), "c"(of[2]), "d"(of[3]), "S"(of[4]), "D"(of[5])
                     : "memory");
    return result;
}

static void print(const char *text, long length)
{
    const long write[6] = {4, 1, (long)text, length};
    call(write);
}

static void print_number(long value)
{
    char digits[16];
    int at = sizeof digits - 1;
    unsigned long rest = value < 0 ? 0ul - (unsigned long)value : (unsigned long)value;
    digits[at] = '\n';
    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest != 0);
    if (value < 0)
        digits[--at] = '-';
    print(digits + at, (long)sizeof digits - at);
}

static long parse(const char **text)
{
    long value = 0;
    while (**text >= '0' && **text <= '9')
        value = value * 10 + *(*text)++ - '0';
    return value;
}

static void make(const char *text)
{
    long all[6] = {0};
    for (int i = 0; i < 6 && *text != '\0'; i++) {
        all[i] = parse(&text);
        if (*text == ',')
            text++;
    }
    print_number(call(all));
}

__attribute__((used)) void run(const long *stack)
{
    const char *const *arguments = (const char *const *)(stack + 1);
    const long leave[6] = {1, 0};
    for (long i = 1; i < stack[0]; i++)
        make(arguments[i]);
    call(leave);
}

__attribute__((naked, used)) void _start(void)
{
    __asm__("mov %esp, %eax\n push %eax\n call run");
}
