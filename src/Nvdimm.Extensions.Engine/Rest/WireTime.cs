using System.Globalization;

namespace Nvdimm.Extensions.Engine.Rest;

/// <summary>Reads times in answers: milliseconds since 1970, as in JSON, or ISO 8601, as in XML.</summary>
internal static class WireTime
{
    private static readonly long Earliest = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>The time; null if it is not a valid time.</summary>
    public static DateTimeOffset? Of(WireValue wire)
    {
        if (wire.Number is { } milliseconds)
        {
            return milliseconds >= Earliest && milliseconds <= Latest ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
        }

        return DateTimeOffset.TryParse(wire.Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
    }
}
