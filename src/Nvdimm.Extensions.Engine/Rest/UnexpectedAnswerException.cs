namespace Nvdimm.Extensions.Engine.Rest;

/// <summary>An answer that does not follow the API. The client converts it to an <see cref="OvirtException"/>.</summary>
internal sealed class UnexpectedAnswerException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether the answer is larger than allowed. Repeating the request would not help.</summary>
    public bool IsTooLarge { get; init; }
}
