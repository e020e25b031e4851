using System.Globalization;

namespace Nvdimm.Extensions.Engine.Rest;

/// <summary>Times of answers: milliseconds since 1970 in JSON; ISO 8601, as in XML, is read, too.</summary>
internal static class WireTime
{
    private static readonly long Earliest = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>The time; null where it is none.</summary>
    public static DateTimeOffset? Of(WireValue wire)
    {
        if (wire.Number is { } milliseconds)
        {
            return milliseconds >= Earliest && milliseconds <= Latest ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
        }

        return DateTimeOffset.TryParse(wire.Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
    }
}
