namespace Nvdimm.Extensions.Engine.Rest;

/// <summary>An answer that the API does not give. Never leaves the client, which makes an <see cref="OvirtException"/> of it.</summary>
internal sealed class UnexpectedAnswerException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether the answer is longer than allowed; asked again, it would be again.</summary>
    public bool IsTooLarge { get; init; }
}
