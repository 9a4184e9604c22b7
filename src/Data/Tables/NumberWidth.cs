namespace Diffusion.Data.Tables;

/// <summary>How many bits of a number are written.</summary>
public enum NumberWidth
{
    /// <summary>float32: about 7 decimal digits, up to 3.4e38.</summary>
    Bits32,

    /// <summary>float64: about 16 decimal digits.</summary>
    Bits64,
}
