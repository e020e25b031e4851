using System.Net;
using System.Text;
using Newtonsoft.Json;

namespace Nvdimm.Extensions.Engine.Rest;

/// <summary>A complete answer.</summary>
internal sealed class WireAnswer(HttpStatusCode status, string? mediaType, MemoryStream body, TimeSpan? retryAfter)
{
    public HttpStatusCode Status { get; } = status;

    public string? MediaType { get; } = mediaType;

    public TimeSpan? RetryAfter { get; } = retryAfter;

    public bool IsSuccess => (int)Status is >= 200 and <= 299;

    /// <summary>Opens the text of the answer at its beginning.</summary>
    public StreamReader OpenText() => new(new MemoryStream(body.GetBuffer(), 0, (int)body.Length, writable: false), Encoding.UTF8);

    /// <summary>Parses the JSON of the answer.</summary>
    /// <exception cref="UnexpectedAnswerException">The answer is not JSON, or malformed.</exception>
    public WireValue Json()
    {
        if (body.Length > 0 && MediaType is not (null or "application/json" or "text/json"))
        {
            throw new UnexpectedAnswerException($"the answer is {MediaType}, not JSON");
        }

        try
        {
            using var text = OpenText();
            return WireReader.Read(text);
        }
        catch (JsonException malformed)
        {
            throw new UnexpectedAnswerException($"the answer is not JSON: {malformed.Message}", malformed);
        }
    }
}

/// <summary>An answer that does not follow the API. The client converts it to an <see cref="OvirtException"/>.</summary>
internal sealed class UnexpectedAnswerException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether the answer is larger than allowed. Repeating the request would not help.</summary>
    public bool IsTooLarge { get; init; }
}
