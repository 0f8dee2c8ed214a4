/*
 * Stands in for the C library's vsnprintf, which carries floating point and streams along: ten times as much code. It
 * knows what this program uses, %s %.*s %c %d %u %x %o with # 0 width l ll z, and stops the program at anything else.
 */
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>

#ifndef __GLIBC__ /* there one could not replace the other */

struct sink {
    char *to;
    size_t size, used; /* `used` also counts what had no room */
};

struct conversion {
    bool prefix, has_precision;
    char pad;
    unsigned width, longs;
    int precision; /* negative: none */
};

static void put(struct sink *sink, char character)
{
    if (sink->used + 1 < sink->size)
        sink->to[sink->used] = character;
    sink->used++;
}

static void put_string(struct sink *sink, const char *text, int precision)
{
    if (text == NULL) /* a message must not be lost over a mistake in it */
        text = "(null)";
    for (size_t i = 0; (precision < 0 || i < (size_t)precision) && text[i] != '\0'; i++)
        put(sink, text[i]);
}

static void put_number(struct sink *sink, const struct conversion *how, unsigned long long value, unsigned base)
{
    char digits[24];
    unsigned count = 0;
    if (how->prefix && base == 16 && value != 0)
        put_string(sink, "0x", -1);
    do {
        digits[count++] = "0123456789abcdef"[value % base];
        value /= base;
    } while (value > 0);
    for (unsigned i = count; i < how->width; i++)
        put(sink, how->pad);
    while (count > 0)
        put(sink, digits[--count]);
}

static void put_signed(struct sink *sink, const struct conversion *how, long long value)
{
    if (value < 0)
        put(sink, '-');
    put_number(sink, how, value < 0 ? 0 - (unsigned long long)value : (unsigned long long)value, 10);
}

static const char *read_conversion(const char *format, struct conversion *how)
{
    *how = (struct conversion){.pad = ' ', .precision = -1};
    if (*format == '#')
        how->prefix = *format++ == '#';
    if (*format == '0')
        how->pad = *format++;
    while (*format >= '0' && *format <= '9')
        how->width = how->width * 10 + (unsigned)(*format++ - '0');
    how->has_precision = format[0] == '.' && format[1] == '*';
    format += how->has_precision ? 2 : 0;
    for (; *format == 'l' || *format == 'z'; format++)
        how->longs += *format == 'z' && sizeof(size_t) == sizeof(long long) ? 2 : 1;
    return format;
}

/* A copy of a list may be a pointer or an array; inside of a structure it is neither. */
struct arguments {
    va_list list;
};

static unsigned long long next_unsigned(struct arguments *arguments, unsigned longs)
{
    if (longs > 1)
        return va_arg(arguments->list, unsigned long long);
    return longs == 1 ? va_arg(arguments->list, unsigned long) : va_arg(arguments->list, unsigned);
}

static long long next_signed(struct arguments *arguments, unsigned longs)
{
    if (longs > 1)
        return va_arg(arguments->list, long long);
    return longs == 1 ? va_arg(arguments->list, long) : va_arg(arguments->list, int);
}

static void convert(struct sink *sink, char kind, const struct conversion *how, struct arguments *arguments)
{
    switch (kind) {
    case 's':
        put_string(sink, va_arg(arguments->list, const char *), how->precision);
        break;
    case 'c':
        put(sink, (char)va_arg(arguments->list, int));
        break;
    case 'd':
        put_signed(sink, how, next_signed(arguments, how->longs));
        break;
    case 'u':
        put_number(sink, how, next_unsigned(arguments, how->longs), 10);
        break;
    case 'x':
        put_number(sink, how, next_unsigned(arguments, how->longs), 16);
        break;
    case 'o':
        put_number(sink, how, next_unsigned(arguments, how->longs), 8);
        break;
    case '%':
        put(sink, '%');
        break;
    default:
        __builtin_trap();
    }
}

int vsnprintf(char *restrict to, size_t size, const char *restrict format, va_list list)
{
    struct sink sink = {to, size, 0};
    struct conversion how;
    struct arguments arguments;
    va_copy(arguments.list, list);
    for (; *format != '\0'; format++) {
        if (*format != '%') {
            put(&sink, *format);
            continue;
        }
        format = read_conversion(format + 1, &how);
        if (how.has_precision)
            how.precision = va_arg(arguments.list, int);
        convert(&sink, *format, &how, &arguments);
    }
    va_end(arguments.list);
    if (size > 0)
        to[sink.used < size ? sink.used : size - 1] = '\0';
    return (int)sink.used;
}

int snprintf(char *restrict to, size_t size, const char *restrict format, ...)
{
    va_list list;
    va_start(list, format);
    int length = vsnprintf(to, size, format, list);
    va_end(list);
    return length;
}

#endif
