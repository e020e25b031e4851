namespace Nvdimm.Extensions.Engine.Faults;

/// <summary>The kind of refusal of a code, which decides the HTTP status of the answer.</summary>
public enum FaultClass
{
    /// <summary>The current state forbids the operation: 409. Our own codes are always of this kind.</summary>
    Conflict,

    /// <summary>The request itself is invalid: 400.</summary>
    BadParameters,
}
