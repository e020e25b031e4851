namespace Nvdimm.EngineService;

/// <summary>An option is wrong, or a file that it names cannot be used.</summary>
/// <param name="status">The exit status.</param>
/// <param name="message">What is wrong, and what to do.</param>
internal sealed class ServiceOptionException(int status, string message) : Exception(message)
{
    /// <summary>The exit status.</summary>
    public int Status { get; } = status;
}
