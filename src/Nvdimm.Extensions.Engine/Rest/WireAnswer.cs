using System.Net;
using System.Text;
using Newtonsoft.Json;

namespace Nvdimm.Extensions.Engine.Rest;

/// <summary>A whole answer.</summary>
internal sealed record WireAnswer(HttpStatusCode Status, string? MediaType, byte[] Body, TimeSpan? RetryAfter)
{
    public bool IsSuccess => (int)Status is >= 200 and <= 299;

    /// <summary>The JSON of the answer.</summary>
    /// <exception cref="UnexpectedAnswerException">It is something else, or malformed.</exception>
    public WireValue Json()
    {
        if (Body.Length > 0 && MediaType is not (null or "application/json" or "text/json"))
        {
            throw new UnexpectedAnswerException($"the answer is {MediaType}, not JSON");
        }

        try
        {
            using var text = new StreamReader(new MemoryStream(Body, writable: false), Encoding.UTF8);
            return WireReader.Read(text);
        }
        catch (JsonException malformed)
        {
            throw new UnexpectedAnswerException($"the answer is not JSON: {malformed.Message}", malformed);
        }
    }
}
