using Microsoft.Extensions.Logging;

namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>The log messages of the category. Their event ids never change.</summary>
internal static partial class CategoryLog
{
    [LoggerMessage(1101, LogLevel.Warning, "The NVDIMM devices of {Host} could not be read: {Reason}")]
    public static partial void Unavailable(ILogger logger, string host, string reason);

    [LoggerMessage(1102, LogLevel.Warning, "{Operation} of the VM {Vm} is refused: {Reasons}")]
    public static partial void Refused(ILogger logger, string operation, string vm, string reasons);

    [LoggerMessage(1103, LogLevel.Debug, "A preview of {Devices} for the VM {Vm} says that they would be refused: {Reasons}")]
    public static partial void PreviewRefused(ILogger logger, string devices, string vm, string reasons);
}
