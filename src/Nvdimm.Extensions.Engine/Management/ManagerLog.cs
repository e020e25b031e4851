using Microsoft.Extensions.Logging;

namespace Nvdimm.Extensions.Engine.Management;

/// <summary>The log messages of a manager. Their event ids never change.</summary>
internal static partial class ManagerLog
{
    [LoggerMessage(1001, LogLevel.Information, "{Operation} of {Devices} on the VM {Vm}: done")]
    public static partial void Done(ILogger logger, string operation, string devices, string vm);

    [LoggerMessage(1002, LogLevel.Warning, "{Operation} of {Devices} on the VM {Vm} is refused: {Reasons}")]
    public static partial void Refused(ILogger logger, string operation, string devices, string vm, string reasons);

    [LoggerMessage(1003, LogLevel.Error, "{Operation} of {Devices} on the VM {Vm} failed; changed: {Changed}")]
    public static partial void Failed(ILogger logger, Exception failure, string operation, string devices, string vm, string changed);

    [LoggerMessage(1004, LogLevel.Warning, "The attachment of {Devices} to the VM {Vm} was undone: {Reasons}")]
    public static partial void Undone(ILogger logger, string devices, string vm, string reasons);

    [LoggerMessage(1005, LogLevel.Warning, "The answer about {Device} of the VM {Vm} was lost, but the engine has made the change: {Loss}")]
    public static partial void FoundDone(ILogger logger, string device, string vm, string loss);
}
