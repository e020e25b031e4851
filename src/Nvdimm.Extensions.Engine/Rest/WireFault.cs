using System.Net;
using System.Xml;
using System.Xml.Linq;

namespace Nvdimm.Extensions.Engine.Rest;

/// <summary>Converts an answer that is not a success to an exception.</summary>
internal static class WireFault
{
    private const int LongestText = 16 << 10;

    /// <summary>Creates the exception. Secrets are masked before long texts are cut, since a cut secret would not be found.</summary>
    public static OvirtException Of(string request, WireAnswer answer, Secrets secrets)
    {
        var (reason, detail) = Texts(answer);
        (reason, detail) = (Short(reason, secrets), Short(detail, secrets));
        return new OvirtException(request, FailureOf(answer.Status), detail ?? reason ?? Plain(answer.Status))
        {
            Status = answer.Status,
            Reason = reason,
            RetryAfter = answer.RetryAfter,
        };
    }

    private static OvirtFailure FailureOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => OvirtFailure.Unauthorized,
        HttpStatusCode.NotFound => OvirtFailure.NotFound,
        HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => OvirtFailure.ServerFailed,
        >= HttpStatusCode.BadRequest => OvirtFailure.Refused,
        _ => OvirtFailure.BadAnswer,
    };

    private static string Plain(HttpStatusCode status) =>
        status == HttpStatusCode.NotFound ? "it does not exist" : $"the engine answered {(int)status}";

    /// <summary>The texts of the fault, in the API's JSON, the SSO's JSON, or XML; nulls for any other body.</summary>
    private static (string? Reason, string? Detail) Texts(WireAnswer answer)
    {
        try
        {
            return answer.MediaType is "application/xml" or "text/xml" ? OfXml(answer) : OfJson(answer.Json());
        }
        catch (Exception other) when (other is UnexpectedAnswerException or XmlException)
        {
            return (null, null);
        }
    }

    private static (string? Reason, string? Detail) OfJson(WireValue json)
    {
        var fault = json["fault"] is { Members: not null } wrapped ? wrapped : json;
        var detail = fault["detail"].Text ?? json["error_description"].Text ?? json["error"].Text;
        return (fault["reason"].Text ?? json["error_code"].Text, detail);
    }

    private static (string? Reason, string? Detail) OfXml(WireAnswer answer)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        using var text = answer.OpenText();
        using var xml = XmlReader.Create(text, settings);
        var fault = XElement.Load(xml);
        return fault.Name.LocalName == "fault" ? (fault.Element("reason")?.Value, fault.Element("detail")?.Value) : (null, null);
    }

    private static string? Short(string? text, Secrets secrets) =>
        text is not null && secrets.MaskIn(text) is var masked ? masked.Length > LongestText ? masked[..LongestText] : masked : null;
}
