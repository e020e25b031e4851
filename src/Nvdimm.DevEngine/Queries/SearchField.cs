using System.Globalization;

namespace Nvdimm.DevEngine.Queries;

/// <summary>A word that can be searched by.</summary>
/// <typeparam name="T">The type of the entities.</typeparam>
/// <param name="Values">
/// The values of an entity; if <paramref name="Read"/> is not null, as texts that sort in the order of the values.
/// </param>
/// <param name="Read">
/// Converts a wanted value to the form of <paramref name="Values"/>; returns null if it is not valid. Null for a text, which is compared
/// with wildcards and only for equality.
/// </param>
internal sealed record SearchField<T>(Func<T, IEnumerable<string>> Values, Func<string, string?>? Read = null)
{
    /// <summary>Whether bare words are searched in this field.</summary>
    public bool IsFree { get; init; }

    /// <summary>A text that bare words are searched in, too.</summary>
    public static SearchField<T> Text(Func<T, string?> value) => new(item => value(item) is { } text ? [text] : []) { IsFree = true };

    /// <summary>Texts, such as the names of tags.</summary>
    public static SearchField<T> Texts(Func<T, IEnumerable<string>> values) => new(values);

    /// <summary>One of some words; underscores can be omitted.</summary>
    public static SearchField<T> Word(Func<T, string> value, params IReadOnlyCollection<string> words) => new(
        item => [Plain(value(item))],
        wanted => words.Any(word => Plain(word) == Plain(wanted)) ? Plain(wanted) : null);

    /// <summary>A whole number, such as MiB of memory.</summary>
    public static SearchField<T> Number(Func<T, long> value) => new(
        item => [Sortable(value(item))],
        wanted => long.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Sortable(number) : null);

    /// <summary>
    /// A moment in milliseconds since 1970. A search writes it in Java's English <c>DateFormat</c> (oVirt Engine 4.5, <c>DateUtils</c>):
    /// <c>"1/31/20"</c>, <c>"Jan 31, 2020"</c>, both optionally with a time, in UTC; or as <c>today</c>, <c>yesterday</c> or a day of the
    /// last week.
    /// </summary>
    public static SearchField<T> Moment(Func<T, long> value, Func<DateTimeOffset> now) => new(
        item => [Sortable(value(item))],
        wanted => DateOf(wanted, now()) is { } moment ? Sortable(moment.ToUnixTimeMilliseconds()) : null);

    /// <summary>A number as a text of fixed length, so that texts sort as numbers do.</summary>
    private static string Sortable(long number) => number.ToString("d20", CultureInfo.InvariantCulture);

    private static string Plain(string word) => word.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    private static DateTimeOffset? DateOf(string wanted, DateTimeOffset now)
    {
        string[] dates = ["MMM d, yyyy", "dddd, MMMM d, yyyy", "MMMM d, yyyy", "M/d/yy", "M/d/yyyy"];
        string[] times = ["h:mm:ss tt", "h:mm tt"];
        string[] formats =
            [.. dates, .. dates.SelectMany(date => times.SelectMany(time => (string[])[$"{date} {time}", $"{date}, {time}"]))];
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces;
        return DateTimeOffset.TryParseExact(wanted, formats, CultureInfo.InvariantCulture, Utc, out var moment) ? moment
            : wanted.Equals("today", StringComparison.OrdinalIgnoreCase) ? Day(now)
            : wanted.Equals("yesterday", StringComparison.OrdinalIgnoreCase) ? Day(now).AddDays(-1)
            : Enum.TryParse<DayOfWeek>(wanted, ignoreCase: true, out var day) && Enum.IsDefined(day) && !char.IsAsciiDigit(wanted[0])
                ? Enumerable.Range(2, 7).Select(back => Day(now).AddDays(-back)).First(candidate => candidate.DayOfWeek == day)
                : null;
    }

    private static DateTimeOffset Day(DateTimeOffset moment) => new(moment.UtcDateTime.Date, TimeSpan.Zero);
}
